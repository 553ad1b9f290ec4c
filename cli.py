from auditor.commands import main

main()
