"""Figures that the documents quote; each module prints what it measured."""
