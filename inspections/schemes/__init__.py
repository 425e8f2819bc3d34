"""Assessment schemes (考核方案): the grades of a year with their lowest points."""
