"""The signed log: envelope, Merkle tree, checkpoints, stores, verify."""
