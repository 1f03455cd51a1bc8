# Every interactive bash of the learner: prompt, history, completion, and the marks the page reads.
[ -z "$PS1" ] && return

HISTSIZE=10000
HISTFILESIZE=20000
shopt -s checkwinsize histappend cmdhist
export EDITOR=nano PAGER=less LESS=-R
. /usr/local/lib/slipway/dircolors.bash
alias ls='ls --color=auto' grep='grep --color=auto' ll='ls -l' la='ls -A'
# Most see it for a quote that they didn't close.
PS2='\[\e[2m\](goes on; Ctrl-C gives it up)\[\e[m\] > '
PS1='\[\e[1;32m\]\u@\h\[\e[m\]:\[\e[1;34m\]\w\[\e[m\]\$ '

# Read at the first Tab: it costs 50 ms.
__slipway_complete() {
	complete -r -D
	. /usr/share/bash-completion/bash_completion
	return 124
}
complete -D -F __slipway_complete

. /usr/local/lib/slipway/marks.bash
