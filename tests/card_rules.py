"""What CDS Hooks demands of a card, its suggestions, actions and links: one generator of complaints for each rule."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

Json = dict[str, Any]
Complaints = Iterator[str]
_markdown = MarkdownIt("gfm-like", {"linkify": False})


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_absolute(url: Any) -> bool:
    return isinstance(url, str) and urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)


def is_coding(coding: Any, *, display: bool = False) -> bool:
    names = ("code", "system", "display") if display else ("code", "system")
    return isinstance(coding, dict) and all(is_text(coding.get(name)) for name in names)


def suggestions(card: Json) -> list[Json]:
    return card.get("suggestions", [])


def actions(card: Json) -> list[Json]:
    return [action for suggestion in suggestions(card) for action in suggestion.get("actions", [])]


def a076_summary_is_text(card: Json, _: Json) -> bool:
    return is_text(card["summary"])


def a077_summary_is_below_140_characters(card: Json, _: Json) -> bool:
    return len(card["summary"]) < 140


def a078_indicator_is_one_of_three(card: Json, _: Json) -> bool:
    return card["indicator"] in ("info", "warning", "critical")


def a079_source_has_a_label(card: Json, _: Json) -> bool:
    return is_text(card["source"]["label"])


def a081_detail_is_markdown_text(card: Json, _: Json) -> bool:
    return "detail" not in card or (is_text(card["detail"]) and bool(_markdown.parse(card["detail"])))


def a082_detail_has_no_raw_html(card: Json, _: Json) -> bool:
    tokens = _markdown.parse(card.get("detail", ""))
    inner = [child for token in tokens for child in token.children or ()]
    return not any(token.type.startswith("html") for token in [*tokens, *inner])


def a083_source_addresses_are_absolute(card: Json, _: Json) -> bool:
    return all(is_absolute(card["source"][name]) for name in ("url", "icon") if name in card["source"])


def a084_source_has_no_icon_of_unknown_size(card: Json, _: Json) -> bool:
    return "icon" not in card["source"]


def a085_source_url_is_no_patient_page(card: Json, request: Json) -> bool:
    return request["context"]["patientId"] not in card["source"].get("url", "").split("/")


def a086_topic_has_code_and_system(card: Json, _: Json) -> bool:
    return "topic" not in card["source"] or is_coding(card["source"]["topic"])


def a087_suggestions_come_with_a_selection_behaviour(card: Json, _: Json) -> bool:
    return "suggestions" not in card or "selectionBehavior" in card


def a088_selection_behaviour_is_a_known_one(card: Json, _: Json) -> bool:
    return card.get("selectionBehavior", "any") in ("any", "at-most-one")


def a089_override_reasons_are_codings_with_display(card: Json, _: Json) -> bool:
    return all(is_coding(reason, display=True) for reason in card.get("overrideReasons", []))


def a090_suggestions_have_labels(card: Json, _: Json) -> bool:
    return all(is_text(suggestion["label"]) for suggestion in suggestions(card))


def a092_recommended_is_boolean_and_single_if_at_most_one(card: Json, _: Json) -> bool:
    flags = [suggestion["isRecommended"] for suggestion in suggestions(card) if "isRecommended" in suggestion]
    many = card.get("selectionBehavior") == "at-most-one" and sum(map(bool, flags)) > 1
    return all(isinstance(flag, bool) for flag in flags) and not many


def a093_actions_have_a_known_type(card: Json, _: Json) -> bool:
    return all(action["type"] in ("create", "update", "delete") for action in actions(card))


def a094_actions_have_descriptions(card: Json, _: Json) -> bool:
    return all(is_text(action["description"]) for action in actions(card))


def a095_creations_hold_a_resource(card: Json, _: Json) -> bool:
    created = [action["resource"] for action in actions(card) if action["type"] == "create"]
    return all(isinstance(resource, dict) and is_text(resource["resourceType"]) for resource in created)


def a096_updates_hold_the_whole_draft(card: Json, request: Json) -> bool:
    return all(_keeps_draft(action["resource"], request) for action in actions(card) if action["type"] == "update")


def _keeps_draft(resource: Json, request: Json) -> bool:
    reference = f"{resource['resourceType']}/{resource['id']}"
    return reference not in drafts(request) or set(drafts(request)[reference]) <= set(resource)


def a097_deletions_name_the_resource_by_id(card: Json, _: Json) -> bool:
    deletions = [action for action in actions(card) if action["type"] == "delete"]
    return all("/" in action["resourceId"] and "resource" not in action for action in deletions)


def a098_only_drafts_are_updated_or_deleted(card: Json, request: Json) -> bool:
    return request["hook"] == "patient-view" or all(
        target in drafts(request) for target in map(_target, actions(card)) if target
    )


def _target(action: Json) -> str | None:
    if action["type"] == "update":
        return f"{action['resource']['resourceType']}/{action['resource']['id']}"
    return action["resourceId"] if action["type"] == "delete" else None


def drafts(request: Json) -> dict[str, Json]:
    entries = request["context"].get("draftOrders", {}).get("entry", [])
    resources = [entry["resource"] for entry in entries]
    return {f"{resource['resourceType']}/{resource['id']}": resource for resource in resources}


def a099_a100_no_action_selection_behaviour(card: Json, _: Json) -> bool:
    return not any("actionSelectionBehavior" in suggestion for suggestion in suggestions(card))


def a101_links_have_label_url_and_type(card: Json, _: Json) -> bool:
    return all(is_text(link[name]) for link in card.get("links", []) for name in ("label", "url", "type"))


def a102_links_are_absolute_or_smart(card: Json, _: Json) -> bool:
    return all(link["type"] in ("absolute", "smart") for link in card.get("links", []))


def a103_link_addresses_are_absolute(card: Json, _: Json) -> bool:
    return all(is_absolute(link["url"]) for link in card.get("links", []))


def a104_absolute_links_carry_no_context(card: Json, _: Json) -> bool:
    return all("appContext" not in link for link in card.get("links", []) if link["type"] == "absolute")


def a105_app_context_is_a_string(card: Json, _: Json) -> bool:
    return all(isinstance(link.get("appContext", ""), str) for link in card.get("links", []))


def a106_nothing_launches_by_itself(card: Json, _: Json) -> bool:
    return not any(link.get("autolaunchable") for link in card.get("links", []))


Rule = Callable[[Json, Json], bool]
RULES: dict[str, Rule] = {
    name: rule for name, rule in list(globals().items()) if name.startswith("a") and name[1:4].isdecimal()
}
