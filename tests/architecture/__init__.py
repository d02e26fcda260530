"""The rules of the house (docs/architecture.md), each as a test that fails when the rule is broken.

Every checker takes a folder or a piece of source, so that beside the test of our own tree stands a
test that the checker objects to a small bad example: a guard that cannot bark is not a guard.
"""
