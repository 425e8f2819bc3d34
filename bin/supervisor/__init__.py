"""Serves web, worker and beat as one group: started together, watched, started again, stopped together.

Standard library only. `python -m bin.supervisor --help`; bin/run calls it after setting up.
"""
