"""Reading -> Report: who did what to whom, when and where, and who said what."""

from legation.coding.coder import UNDATED, code, rejected_report, who_is_meant

__all__ = ["UNDATED", "code", "rejected_report", "who_is_meant"]
