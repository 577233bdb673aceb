"""Image files decoded into pixels, whatever program wrote them."""
