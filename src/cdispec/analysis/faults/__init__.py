"""What is wrong with the logic of one policy, proved with a solver for every case at once."""
