"""Tenancy, access, audit, outbox, jobs and privacy: what every domain stands on. No domain words."""
