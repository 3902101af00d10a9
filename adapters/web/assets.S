/* The pages, inside the binary. */
	.section .rodata
	.global asset_page
	.global asset_page_end
asset_page:
	.incbin "adapters/web/page.html"
asset_page_end:
	.byte 0
	.section .note.GNU-stack,"",%progbits
