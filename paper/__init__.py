"""Legal documents as things one can hold (执法文书): composed once, drawn by typst or by fpdf2."""
