"""How every test runs."""

from hypothesis import settings

# The same examples on every run, so that a red build means a change and not a draw, and no deadline, because
# a busy machine is not a failure. To search for new examples: pytest --hypothesis-profile=search.
settings.register_profile("house", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("house")
