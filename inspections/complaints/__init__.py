"""Complaints (投诉) about banks: from the hotlines or on paper, forwarded, answered, closed as founded or not."""
