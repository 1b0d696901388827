from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "gezhi.catalog"
    label = "catalog"
    verbose_name = "部件与事件目录"
    default_auto_field = "django.db.models.BigAutoField"
