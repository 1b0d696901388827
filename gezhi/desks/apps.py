from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "gezhi.desks"
    label = "desks"
    verbose_name = "坐席"
    default_auto_field = "django.db.models.BigAutoField"
