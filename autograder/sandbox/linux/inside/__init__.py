"""What a zygote and its workers run behind the wall, and only there. This file stays empty of imports."""
