from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "gezhi.upkeep"
    label = "upkeep"
    verbose_name = "数据更新"
    default_auto_field = "django.db.models.BigAutoField"
