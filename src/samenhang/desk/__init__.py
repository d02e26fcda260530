"""Pages and commands that combine areas: my work, the person file, the worker, the demonstration.

Always true: nothing is decided here and nothing is kept here; every list is a
question that an area below answers under the policy.
"""
