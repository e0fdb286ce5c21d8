"""What is wrong with the logic of one policy, proved with a solver for every case at once."""

from cdispec.analysis.faults.policy import faults_of

__all__ = ["faults_of"]
