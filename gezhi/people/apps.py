from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gezhi.people"
    label = "people"
    verbose_name = "人员与机构"
    default_auto_field = "django.db.models.BigAutoField"
