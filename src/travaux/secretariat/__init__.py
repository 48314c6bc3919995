"""The one door: found or open a register, submit acts (check, sign, append, fold), ask for a view.

Surfaces go through here and nowhere else. `home` is the user's folder (keys, registers met), `founding`
starts a register, `door` opens one, `proposals` turns what the reader found into acts, `documents` attaches
sources.
"""
