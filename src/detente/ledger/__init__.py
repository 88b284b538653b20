"""What a store must do, and how records post, group into happenings and are asked for."""
