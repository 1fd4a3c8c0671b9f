"""Personal data told again is masked: by the field it stood in, and by its check digits wherever it stands in a text."""

import pytest

from luodi.kernel import masking
from luodi.kernel.personal import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证11010519491231002X，电话13812345678。", "身份证1101************2X，电话138****5678。"),
        ("致电0919-3185678", "致电*********78"),
        ("卡号6222020200112230002", "卡号6222020200112230002"),  # no bank card: the check digit is wrong
        ("卡号4111111111111111", "卡号************1111"),
        ("车牌陕B12345停在路口", "车牌陕B·***45停在路口"),
        ("发到zhang.san@example.gov.cn", "发到z***@example.gov.cn"),
        ("身份证110105194912310021", "身份证110105194912310021"),  # nor an identity number
        ("工单20261124000123，金额1380.50万元", "工单20261124000123，金额1380.50万元"),
    ],
)
def test_only_what_is_personal_is_masked_in_running_text(text, shown):
    assert masking.free(text) == shown


def test_a_telling_is_masked_by_names_and_by_text_at_every_depth(db):
    told = {
        "values": {"reporter_name": "欧阳修远", "reporter_phone": "13812345678", "title": "找13812345678", "count": 3},
        "phones": ["13812345678", None], "phone": "",
    }  # fmt: skip
    assert masked(told) == {
        "values": {"reporter_name": "欧**远", "reporter_phone": "138****5678", "title": "找138****5678", "count": 3},
        "phones": ["138****5678", None], "phone": "",
    }  # fmt: skip
