"""The administration of dictionaries (应用维护): Django's admin under our own policy.

Permission comes from the policy; everything is read-only unless saving calls an action; nothing is ever deleted.
Signing in happens at the desk: there is one door with one lockout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect

from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import Problem
from gezhi.people.models import Organisation, Post, User
from gezhi.plumbing.doors import Gate, SessionExpired, SignInNeeded, actor_of

DESK = "/desk/"
_gate = Gate(Permission.SETTINGS_WRITE)


def _refusal(request: HttpRequest) -> Problem | None:
    try:
        _gate(request)
    except Problem as problem:
        return problem
    return None


class PolicySite(AdminSite):
    """Opens to posts that may change settings."""

    site_header = "格治 应用维护"
    site_title = "格治"
    index_title = "应用维护"

    def has_permission(self, request: HttpRequest) -> bool:
        return _refusal(request) is None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        problem = _refusal(request)
        if problem is None or problem.status == SignInNeeded.status or isinstance(problem, SessionExpired):
            return HttpResponseRedirect(DESK)
        return HttpResponseForbidden(f"{problem.text('zh')}\n{problem.text('en')}", content_type="text/plain")

    def password_change(self, *_: object, **__: object) -> HttpResponse:  # type: ignore[override]
        """Passwords are changed by an action only, which ends the sessions under the old one."""
        raise Http404


class PolicyAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Base class of every page. `save_action` makes a page writable: it gets the actor and the changed object."""

    save_action: ClassVar[Callable[[Actor, Any], None] | None] = None
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return type(self).save_action is not None and self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001
        action = type(self).save_action
        if action is None:
            raise Http404
        action(actor_of(request), obj)


class OrganisationAdmin(PolicyAdmin):
    list_display = ("code", "name", "kind", "platform_level", "region_code", "valid_from", "valid_to")
    list_filter = ("kind", "platform_level")
    search_fields = ("code", "name", "name_en")
    list_select_related = ("parent",)
    show_full_result_count = False


class PostAdmin(PolicyAdmin):
    list_display = ("code", "title", "role", "organisation", "region_codes", "valid_from", "valid_to")
    list_filter = ("role",)
    search_fields = ("code", "title", "organisation__name")
    list_select_related = ("organisation",)
    show_full_result_count = False


class UserAdmin(PolicyAdmin):
    list_display = ("username", "display_name", "active_from", "active_to", "last_login")
    fields = ("username", "display_name", "phone", "language", "active_from", "active_to", "last_login")
    search_fields = ("username", "display_name")
    show_full_result_count = False


site = PolicySite(name="admin")
site.register(Organisation, OrganisationAdmin)
site.register(Post, PostAdmin)
site.register(User, UserAdmin)
