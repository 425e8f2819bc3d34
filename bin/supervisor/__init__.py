"""Runs web, worker and beat as one group: started together, restarted when they die, stopped together.

Standard library only. `python -m bin.supervisor --help`; bin/run calls it after setting up.
"""
