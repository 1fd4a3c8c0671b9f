"""The only writer of templates."""

from __future__ import annotations

from luodi.commitments.permission import edits_ledger
from luodi.drafting import docx
from luodi.drafting.models import Template
from luodi.kernel import files
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person

LARGEST = 5 * 2**20
"""Bytes of a template."""


@action("drafting.keep_template", may=edits_ledger)
def keep_template(by: Person, form: str, name: str, content: bytes) -> Template:
    """Use this template for the form from now on. Raises Refused when it can't be filled."""
    if form not in Template.Form.values:
        raise Refused("没有这种文稿。")
    if len(content) > LARGEST:
        raise Refused("模板超过 5 MB，请去掉大图片后再传。")
    docx.check_template(content)
    file, _ = files.store(by, name, content)
    return Template.objects.create(form=form, file=file, by=by)


def template_for(form: str) -> bytes:
    """The template in use, or the standard one."""
    found = Template.objects.filter(form=form).select_related("file").first()
    return files.content_of(found.file) if found else docx.standard_template()
