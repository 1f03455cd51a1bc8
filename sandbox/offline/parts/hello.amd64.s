# hello-world for linux/amd64: write(1, greeting), exit(0).
        .globl _start
_start: mov     $1, %eax
        mov     $1, %edi
        lea     greeting(%rip), %rsi
        mov     $greeting_end - greeting, %edx
        syscall
        mov     $60, %eax
        xor     %edi, %edi
        syscall
greeting:
        .incbin "greeting.txt"
greeting_end:
