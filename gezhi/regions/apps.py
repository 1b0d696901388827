from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "gezhi.regions"
    label = "regions"
    verbose_name = "区划与单元网格"
    default_auto_field = "django.db.models.BigAutoField"
