from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "gezhi.policy"
    label = "policy"
    verbose_name = "地方规定"
    default_auto_field = "django.db.models.BigAutoField"
