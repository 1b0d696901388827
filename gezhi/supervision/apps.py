from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "gezhi.supervision"
    label = "supervision"
    verbose_name = "督办与问责"
    default_auto_field = "django.db.models.BigAutoField"
