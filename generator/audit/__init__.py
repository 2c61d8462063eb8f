"""The audit: reads the built site as a stranger would, and compares it with the record."""

from generator.audit.project import AuditCounts, audit_site

__all__ = ["AuditCounts", "audit_site"]
