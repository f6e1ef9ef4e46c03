"""The shop's main job, done from outside over HTTP and told step by step."""
