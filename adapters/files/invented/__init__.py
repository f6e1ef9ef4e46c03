"""Made-up catalogues of any size, for measuring and trying out; every book says that it is one."""
