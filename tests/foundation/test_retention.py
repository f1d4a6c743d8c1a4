"""Retention: no model is kept without saying how long."""

from django.apps import apps

from burgertop.foundation.retention import OTHERS, Retention


def test_every_model_names_its_class() -> None:
    without = []
    for model in apps.get_models(include_auto_created=True):
        is_ours = model.__module__.startswith("burgertop.") and not model._meta.auto_created
        named = vars(model).get("retention") if is_ours else OTHERS.get(model._meta.label)
        if not isinstance(named, Retention) and not model._meta.auto_created:
            without.append(model._meta.label)

    assert without == []


def test_the_list_of_others_names_installed_models_only() -> None:
    installed = {model._meta.label for model in apps.get_models()}

    assert set(OTHERS) - installed == set()


def test_names_and_addresses_are_in_the_class_that_is_blanked_first() -> None:
    classes = {label: apps.get_model(label).retention for label in ("people.Identity", "people.Account")}  # type: ignore[attr-defined]  # ours

    assert classes == {"people.Identity": Retention.IDENTITY, "people.Account": Retention.IDENTITY}
