// The report says at once what its figure means; the start takes the phone's place.
(() => {
  const report = document.getElementById("report");
  if (report) {
    const typed = report.querySelector("[name=ytd_fen]"), hint = document.getElementById("pace-hint");
    const FEN = 1e6, plan = +report.dataset.plan, last = +report.dataset.last, time = +report.dataset.time;
    const say = () => {
      const ytd = parseFloat(typed.value.replace(/,/g, "")) * FEN;
      if (!Number.isFinite(ytd)) { hint.textContent = ""; return; }
      const own = `当月 ${((ytd - last) / FEN).toLocaleString("zh-CN", { maximumFractionDigits: 2 })} 万元`;
      const rate = ytd / plan * 100;
      const pace = plan ? `，完成率 ${rate.toFixed(1)}%，比序时 ${rate - time < 0 ? "" : "+"}${(rate - time).toFixed(1)} 个百分点` : "";
      hint.textContent = ytd < last ? "比上月的累计数少：累计数不能回落。" : own + pace;
    };
    typed.addEventListener("input", say);
    say();
  }
  const locate = document.getElementById("locate");
  if (locate && navigator.geolocation) {
    locate.hidden = false;
    locate.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
      document.getElementById("s-lon").value = coords.longitude.toFixed(6);
      document.getElementById("s-lat").value = coords.latitude.toFixed(6);
    }));
  }
})();
