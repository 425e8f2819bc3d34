"""What officers do with an application until they recommend."""
