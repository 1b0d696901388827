from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gezhi.documents"
    label = "documents"
    verbose_name = "制度文件"
    default_auto_field = "django.db.models.BigAutoField"
