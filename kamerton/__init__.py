"""Key account management for B2B companies."""
