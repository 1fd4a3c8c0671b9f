// The phone says where it is, when the person asks it to; without it the form works all the same.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  const form = button.closest("form");
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.lon.value = coords.longitude.toFixed(6);
      form.elements.lat.value = coords.latitude.toFixed(6);
      button.textContent = button.dataset.done;
    },
    () => { button.disabled = false; button.textContent = button.dataset.failed; },
    { enableHighAccuracy: true, timeout: 15000 },
  );
});
