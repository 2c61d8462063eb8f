"""The audit: reads the built site as a stranger would, and compares it with the record."""

from generator.audit.changes import AuditResult, Changes, audit_changes
from generator.audit.files import FolderFiles, OverlayFiles
from generator.audit.project import AuditCounts, audit_site

__all__ = [
    "AuditCounts",
    "AuditResult",
    "Changes",
    "FolderFiles",
    "OverlayFiles",
    "audit_changes",
    "audit_site",
]
