from django.apps import AppConfig


class AmendmentsConfig(AppConfig):
    name = "gezhi.amendments"
    label = "amendments"
    verbose_name = "规定修订"
    default_auto_field = "django.db.models.BigAutoField"
