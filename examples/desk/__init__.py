"""The demo desk: invented news, served on this machine, collected, read and asked. Not part of the library."""
