from django.apps import AppConfig


class SuccessionsConfig(AppConfig):
    name = "gezhi.successions"
    label = "successions"
    verbose_name = "机构承接"
    default_auto_field = "django.db.models.BigAutoField"
