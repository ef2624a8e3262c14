"""What is asked of machines elsewhere: behind a guard, which lets nobody lead it into networks that are not the public's."""
