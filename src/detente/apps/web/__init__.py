"""The pages of `detente serve`: what telling says, shown in a browser; and the HTTP API that they use."""
