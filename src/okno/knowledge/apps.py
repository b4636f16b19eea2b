"""The knowledge base."""

from __future__ import annotations

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "okno.knowledge"
    label = "knowledge"
