from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "gezhi.proof"
    label = "proof"
    verbose_name = "存证"
    default_auto_field = "django.db.models.BigAutoField"
