"""How meeting requests reach the world: one file per backend, each raising only port errors."""
