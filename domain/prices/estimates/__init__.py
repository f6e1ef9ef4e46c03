"""What is only ever known by likelihood: here, and nowhere else in the core, are floats. Times are seconds,
rates are per second, amounts stay whole `Money`.
"""
