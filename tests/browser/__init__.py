"""Tests that walk the product in a real browser: keyboard, phone and desktop, Dutch and English."""
