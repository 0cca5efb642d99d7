"""What the words of a dosage instruction look like, in English and Chinese."""

import re

LONGEST = 500
NOT_A_DAY = r"(?![\d.])(?!\s*(?:mg|g\b|mcg|ug|ml|毫克|克|微克|%|x\b|×|tab|cap|pen|vial|syr|片|支|粒|瓶|次|/))"
LIST = rf"(\d{{1,3}}(?:\s*(?:,\s*and|,|and|&|/|、|和|及|-)\s*第?\s*\d{{1,3}})*{NOT_A_DAY})"
NAMED = (
    re.compile(
        r"(?<![每隔共续用\d.])第?\s*(\d{1,3}(?:\s*周\s*[,、和及]\s*第?\s*\d{1,3})+)\s*(周)"
        r"(?!\s*(?:后|之后|以后|[一1]次))"
    ),
    re.compile(rf"\b(weeks?|wks?|w)\s*(\d{{1,3}}(?:\s*(?:,|and|&)\s*(?:weeks?|wks?|w)\s*\d{{1,3}})+){NOT_A_DAY}"),
    re.compile(rf"\b(weeks?|wks?|w|days?|d)\s*{LIST}"),
    re.compile(r"\bat\s+(\d{1,3}(?:\s*(?:,\s*and|,|and)\s*\d{1,3})+)\s*(weeks?|days?)\b"),
    re.compile(rf"第\s*{LIST}\s*(周|天|日)(?!\s*后)"),
    re.compile(r"(\d{1,3}(?:\s*[,、]\s*\d{1,3})+)\s*(周|天|日)"),
)
LATER = re.compile(
    r"(?:(\d{1,3}|[一二两三四])\s*(weeks?|wks?|days?|周|天|日)\s*(?:later|后|之后|以后)"
    r"|(?:\bafter|(?<=\brepeat )in)\s+(\d{1,3})\s*(weeks?|days?))"
)
AGAIN = re.compile(r"重复|各\s*[一1]次|\brepeat(?:ed)?\b|\band\s*⟪")
UNTIL = re.compile(
    rf"(?:\b(?:until|through|up to|to)\s+|至|到|直至)"
    rf"(?:(weeks?|wks?|days?)\s*(\d{{1,3}}){NOT_A_DAY}|第?\s*(\d{{1,3}})\s*(周|天|日))"
)
APART = re.compile(r"(\d{1,3})\s*(weeks?|days?)\s*apart|间隔\s*(\d{1,3})\s*(周|天|日)")
REMARK = re.compile(r"(mg|毫克|kg|m2)\s*\([^()]*\)")
THEN = (
    r"\b(?:and\s+)?then\b|\bfollowed by\b|\bthereafter\b|\bafter that\b|\bmaintenance\b"
    r"|之后|以后|然后|随后|继以|继之|此后|后续|维持|改为"
)
CUT = re.compile(rf"({THEN}|[;；。\n]|,(?!\d{{3}}\b)|，)")
FOLLOWS = re.compile(THEN)
FIRST = re.compile(
    r"首剂|首次|首针|第[一1][次剂针]|负荷|起始|\bloading\b|\binitial(?:ly)?\b|\b(?:first|1st) dose\b|\bstart with\b"
)
ONCE = re.compile(
    r"(?<!\w)once(?!\s*(?:a\b|per\b|every\b|each\b|daily|weekly|monthly|/|q\d))"
    r"|单次|一次性|仅[一1]次|\bstat\b|\bsingle dose\b|\bone[- ]time\b"
)
COUNT = re.compile(
    r"(?:共|连用|连续|总共)\s*(\d{1,2})\s*[次剂]|(\d{1,2})\s*doses\b"
    r"|[x×*]\s*(\d{1,2})(?=\s*(?:次|剂|doses?\b|$|[,;，；。]))"
)
LASTING = re.compile(r"(?:\bfor|连续|连用|共|[x×*])\s*(\d{1,3})\s*(weeks?|wks?|days?|months?|周|天|日|个月)")
MULTIPLE = re.compile(r"(\d{1,2})\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(mg|毫克)(?!\s*/)")
PIECES_EACH = re.compile(
    r"(\d+(?:\.\d+)?)\s*(mg|毫克)\s*[x×*]\s*(\d{1,2})\s*(?:片|支|粒|瓶|针|tabs?|tablets?|pens?|syringes?|vials?)"
)
_PARTS = r"[\s,、]*(?:分\s*([2-4二两三四])\s*次|in\s+([2-4]|two|three|four)\s+(?:divided\s+)?doses)"
DIVIDED = re.compile(
    rf"(?:每[日天]\s*(\d{{1,6}}(?:\.\d+)?)\s*(mg|毫克)|(?<!\d)(\d{{1,6}}(?:\.\d+)?)\s*(mg|毫克)\s*/\s*(?:日|天|day|d)){_PARTS}"
)
COUNTED = re.compile(
    r"(\d+(?:\.\d+)?|[一二两三四]|one|two|three|four)"
    r"\s*(tab(?:let)?s?|cap(?:sule)?s?|pens?|syringes?|vials?|injections?|[片粒支瓶针]|ml|毫升)(?!\s*/)"
)
NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "one": 1, "two": 2, "three": 3, "four": 4}
DAYS = {"w": 7, "周": 7, "d": 1, "天": 1, "日": 1, "m": 30, "个": 30}
