"""What leaves the house in a form that others read: proofs that hold on another machine."""
