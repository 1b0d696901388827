from django.apps import AppConfig


class FoundingConfig(AppConfig):
    name = "gezhi.founding"
    label = "founding"
    verbose_name = "建库"
    default_auto_field = "django.db.models.BigAutoField"
