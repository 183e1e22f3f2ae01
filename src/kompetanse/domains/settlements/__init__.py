"""What a run or a measure cost, how the municipalities share it, and what each is billed."""
