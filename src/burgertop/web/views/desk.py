"""The desk: where those who run a process find what is theirs to do."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.people.actions import LastOrganiserError, give_role, take_role
from burgertop.foundation.people.models import Account, Membership, Role
from burgertop.foundation.people.queries import members_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.post.actions import send_mail
from burgertop.foundation.post.models import SendingState
from burgertop.foundation.process.actions import add_news, close_stage, open_stage, reword
from burgertop.foundation.process.models import News, Process, Stage
from burgertop.foundation.process.queries import news_of
from burgertop.foundation.record.actions import append
from burgertop.foundation.record.queries import Head, entries_of, head_of
from burgertop.web.doors import doors_for
from burgertop.web.forms import LookForm, NewsForm, RoleForm, StageWindowForm, TextsForm, WitnessForm
from burgertop.web.permissions import may_enter_desk, may_give_roles, may_send_head, may_set_up
from burgertop.web.views.process import seen_process

__all__ = ["desk", "look", "news", "people", "remove_role", "stage", "texts", "witnesses"]

PROCESS_TEXTS = {
    "title": gettext_lazy("Name"),
    "subtitle": gettext_lazy("One line below the name"),
    "organiser": gettext_lazy("Who organizes"),
    "question": gettext_lazy("The question to everyone"),
    "about": gettext_lazy("What it is"),
    "mandate": gettext_lazy("Mandate: who asked"),
    "promise": gettext_lazy("The promise"),
    "funding": gettext_lazy("Who pays"),
    "press": gettext_lazy("Press office: whom to ask"),
    "phone_hours": gettext_lazy("When the phone is answered"),
    "idea_rules": gettext_lazy("Rules for ideas"),
}
STAGE_TEXTS = {
    "title": gettext_lazy("Name"),
    "window": gettext_lazy("When, in a few words"),
    "about": gettext_lazy("What it is"),
}


def _setting_up(request: HouseRequest, slug: str) -> Process:
    process = seen_process(request, slug)
    if not may_set_up(request.actor, process):
        raise PermissionDenied
    return process


@require_safe
def desk(request: HouseRequest, process: str) -> HttpResponse:
    """Show the stages, what can be done at each, and the last lines of the record."""
    found = seen_process(request, process)
    if not may_enter_desk(request.actor, found):
        raise PermissionDenied
    context = {
        "process": found,
        "rows": [(one, doors_for(request.actor, one)) for one in found.stages.all()],
        "may_set_up": may_set_up(request.actor, found),
        "may_send_head": may_send_head(request.actor, found),
        "roles": sorted(Role(role).label for role in request.actor.roles.get(found.pk, ())),
        "entries": entries_of(found.pk)[:6],
    }
    return TemplateResponse(request, "desk/desk.html", context)


@require_http_methods(["GET", "POST"])
def stage(request: HouseRequest, process: str, pk: uuid.UUID) -> HttpResponse:
    """Set the window and the words of a stage; open and close it."""
    found = _setting_up(request, process)
    one = get_object_or_404(Stage.objects.prefetch_related("texts"), pk=pk, process=found)
    do = request.POST.get("do", "")
    if do in {"open", "close"}:
        (open_stage if do == "open" else close_stage)(one, now=timezone.now())
        messages.success(request, _("The stage is open.") if do == "open" else _("The stage is closed."))
        return redirect("process:desk_stage", process=found.slug, pk=pk)
    window = StageWindowForm(request.POST if do == "window" else None, instance=one)
    words = TextsForm(one, STAGE_TEXTS, list(found.languages), request.POST if do == "words" else None)
    if do == "window" and window.is_valid():
        window.save()
    elif do == "words" and words.is_valid():
        for name, bodies in words.bodies().items():
            reword(one, name, bodies)
    else:
        context = {"process": found, "one": one, "window": window, "words": words}
        return TemplateResponse(request, "desk/stage.html", context)
    messages.success(request, _("Saved."))
    return redirect("process:desk_stage", process=found.slug, pk=pk)


@require_http_methods(["GET", "POST"])
def texts(request: HouseRequest, process: str) -> HttpResponse:
    """Write the texts of the process, in each of its languages."""
    found = _setting_up(request, process)
    form = TextsForm(found, PROCESS_TEXTS, list(found.languages), request.POST or None)
    if request.method == "POST" and form.is_valid():
        for name, bodies in form.bodies().items():
            reword(found, name, bodies)
        messages.success(request, _("Saved."))
        return redirect("process:desk_texts", process=found.slug)
    return TemplateResponse(request, "desk/texts.html", {"process": found, "form": form})


@require_http_methods(["GET", "POST"])
def look(request: HouseRequest, process: str) -> HttpResponse:
    """Set logo, colors, phone and ages."""
    found = _setting_up(request, process)
    form = LookForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("process:desk_look", process=found.slug)
    return TemplateResponse(request, "desk/look.html", {"process": found, "form": form})


@require_http_methods(["GET", "POST"])
def people(request: HouseRequest, process: str) -> HttpResponse:
    """Show who has which role; give a role to a mail address."""
    found = seen_process(request, process)
    if not may_give_roles(request.actor, found):
        raise PermissionDenied
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _invite(request, found, form.cleaned_data["email"].lower(), Role(form.cleaned_data["role"]))
        return redirect("process:desk_people", process=found.slug)
    return TemplateResponse(request, "desk/people.html", {"process": found, "form": form, "members": members_of(found)})


def _invite(request: HouseRequest, process: Process, email: str, role: Role) -> None:
    """Give the role; whoever has no password yet gets a mail with a link to choose one."""
    with transaction.atomic():
        account = Account.objects.filter(email=email).first() or Account.objects.create_user(email)
        give_role(process, account, role)
    if not account.has_usable_password():
        key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
        uidb36, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        body = _(
            "You have been given a role in %(process)s: %(role)s.\n\nChoose a password here:\n%(address)s\n\n"
            "Did you not expect this mail? Then you need to do nothing."
        ) % {
            "process": process.say("title", request.LANGUAGE_CODE),
            "role": role.label,
            "address": request.build_absolute_uri(path),
        }
        sending = send_mail(
            process,
            "invitation",
            subject=_("Your role in a citizens' summit"),
            body=body,
            once=f"{account.pk}-{role}",
            address=email,
        )
        if sending.state == SendingState.FAILED:
            messages.warning(request, _("The role is given, but the mail could not be sent."))
    messages.success(request, _("The role is given."))


@require_POST
def remove_role(request: HouseRequest, process: str, pk: uuid.UUID) -> HttpResponse:
    """Take a role away."""
    found = seen_process(request, process)
    if not may_give_roles(request.actor, found):
        raise PermissionDenied
    membership = get_object_or_404(Membership, pk=pk, process=found)
    try:
        take_role(membership)
    except LastOrganiserError:
        messages.error(request, _("A process needs at least one organizer. Give the role to somebody else first."))
    else:
        messages.success(request, _("The role is taken away."))
    return redirect("process:desk_people", process=found.slug)


@require_http_methods(["GET", "POST"])
def news(request: HouseRequest, process: str) -> HttpResponse:
    """Publish a news item, a film or a stream link."""
    found = _setting_up(request, process)
    form = NewsForm(list(found.languages), request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        add_news(
            found,
            News.Kind(form.cleaned_data["kind"]),
            titles=form.bodies("title"),
            bodies=form.bodies("body"),
            link=form.cleaned_data["link"],
            now=timezone.now(),
            once=form.cleaned_data["once"],
        )
        messages.success(request, _("Published."))
        return redirect("process:desk_news", process=found.slug)
    return TemplateResponse(request, "desk/news.html", {"process": found, "form": form, "news": news_of(found)})


@require_http_methods(["GET", "POST"])
def witnesses(request: HouseRequest, process: str) -> HttpResponse:
    """Mail the head of the record to witnesses, who keep it."""
    found = seen_process(request, process)
    if not may_send_head(request.actor, found):
        raise PermissionDenied
    head = head_of(found.pk)
    form = WitnessForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        _send_head(request, found, head, form)
        return redirect("process:desk", process=found.slug)
    return TemplateResponse(request, "desk/witnesses.html", {"process": found, "form": form, "head": head})


def _send_head(request: HouseRequest, process: Process, head: Head, form: WitnessForm) -> None:
    """Mail the head to each address; the same form sent twice mails and records it once."""
    once, addresses = form.cleaned_data["once"], form.cleaned_data["addresses"]
    is_new = not process.sendings.filter(once__startswith=f"{once}-").exists()
    body = _(
        "Please keep this mail. It is the head of the public record of %(process)s.\n\nLine: %(number)s\n"
        "Digest: %(digest)s\n\nIf anyone changes the record later, this digest will no longer fit. "
        "Check it here:\n%(address)s"
    ) % {
        "process": process.say("title", request.LANGUAGE_CODE),
        "number": head.number,
        "digest": head.digest,
        "address": request.build_absolute_uri(reverse("process:record_check", args=[process.slug])),
    }
    sent = 0
    for address in addresses:
        sending = send_mail(
            process,
            "head",
            subject=_("The head of a public record"),
            body=body,
            once=f"{once}-{keyed_hash('post', address)[:40]}",
            address=address,
        )
        sent += sending.state != SendingState.FAILED  # sent, or on its way from the same form
    if is_new and sent:
        append(process.pk, "head_sent", {"number": head.number, "witnesses": sent})
    if sent < len(addresses):
        left = len(addresses) - sent
        said = ngettext(
            "%(count)s mail could not be sent. Try it again.",
            "%(count)s mails could not be sent. Try these again.",
            left,
        )
        messages.warning(request, said % {"count": left})
    if sent:
        said = ngettext("The head went to %(count)s witness.", "The head went to %(count)s witnesses.", sent)
        messages.success(request, said % {"count": sent})
